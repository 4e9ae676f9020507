package org.cheesecoin.member.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.web.start.BadSetting;

/**
 * The text of a file that an owner wrote with an editor or a shell of their own: UTF-8, and all of it counts but white
 * space and a byte order mark around it. What is in another encoding is refused by its name, never read as something else.
 *
 * @param asItStands every character of the file
 */
public record OwnerText(String asItStands) {

    /**
     * Reads a whole file.
     *
     * @param setting what names the file, for whoever must mend it
     * @param path where it is; it need not be a regular file
     * @param maxBytes how long it may be
     * @throws BadSetting if it cannot be read, is longer, is not UTF-8, or has nothing but blanks in it
     */
    public static OwnerText ofFile(String setting, String path, int maxBytes) {
        byte[] bytes;
        try (InputStream file = Files.newInputStream(Path.of(path))) {
            bytes = file.readNBytes(maxBytes + 1);
        } catch (IOException | InvalidPathException e) {
            throw BadSetting.of(setting, path, "a file that can be read (%s)".formatted(e.getClass().getSimpleName()));
        }
        if (bytes.length > maxBytes) {
            throw BadSetting.of(setting, path, "a file of at most " + maxBytes + " bytes");
        }
        OwnerText text = decode(setting, path, bytes);
        if (text.text().isEmpty()) {
            throw BadSetting.of(setting, path, "a file with something in it");
        }
        return text;
    }

    static OwnerText decode(String setting, Object path, byte[] bytes) {
        String range = "a file of UTF-8 text";
        if (isUtf16(bytes)) {
            throw BadSetting.of(setting, path,
                    range + ", and is UTF-16, as Windows PowerShell writes it: save it again as UTF-8");
        }
        try {
            return new OwnerText(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException _) {
            throw BadSetting.of(setting, path, range + ", and is in another encoding: save it again as UTF-8");
        }
    }

    /** By its mark, or by the zero bytes that it has between Latin letters and no text in UTF-8 has. */
    private static boolean isUtf16(byte[] bytes) {
        if (bytes.length >= 2) {
            int mark = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
            if (mark == 0xfffe || mark == 0xfeff) {
                return true;
            }
        }
        for (byte it : bytes) {
            if (it == 0) {
                return true;
            }
        }
        return false;
    }

    /** What counts: without white space and a byte order mark around it. */
    public String text() {
        return GivenText.strip(asItStands);
    }

    /** Never the text: most are secrets. */
    @Override
    public String toString() {
        return "OwnerText[hidden]";
    }
}
