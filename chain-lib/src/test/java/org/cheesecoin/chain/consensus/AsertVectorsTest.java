package org.cheesecoin.chain.consensus;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.cheesecoin.chain.testing.VectorsFolder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The reference runs of aserti3-2d: 600 s spacing, half-life two days, targets capped at Bitcoin's easiest. */
class AsertVectorsTest {

    private static final long SPACING_SECONDS = 600;
    private static final long HALF_LIFE_SECONDS = 172_800;
    private static final Target EASIEST = Target.ofCompact(0x1d00_ffff);

    @Test
    void eachStepGivesTheReferencesTarget() {
        int steps = 0;
        for (Path file : VectorsFolder.files("asert", "run*")) {
            Map<String, String> headings = new LinkedHashMap<>();
            for (String line : VectorsFolder.lines(file)) {
                if (line.startsWith("##")) {
                    int colon = line.indexOf(':');
                    headings.put(line.substring(2, colon).strip(), line.substring(colon + 1).strip());
                } else if (!line.startsWith("#") && !line.isBlank()) {
                    assertStep(file.getFileName() + ": " + line, headings, line.strip().split("\\s+"));
                    steps++;
                }
            }
        }
        assertThat(steps).isPositive();
    }

    private static void assertStep(String as, Map<String, String> headings, String[] columns) {
        Target anchor = Target.ofCompact(Long.decode(headings.get("anchor nBits")).intValue());
        BigInteger anchorHeight = new BigInteger(headings.get("anchor height"));
        BigInteger anchorParentTime = new BigInteger(headings.get("anchor parent time"));
        Target target = Difficulty.aserti3(
                anchor,
                new BigInteger(columns[2]).subtract(anchorParentTime).longValueExact(),
                new BigInteger(columns[1]).subtract(anchorHeight).longValueExact(),
                SPACING_SECONDS,
                HALF_LIFE_SECONDS,
                EASIEST);
        assertThat(target).as(as).isEqualTo(Target.ofCompact(Long.decode(columns[3]).intValue()));
    }
}
