package org.cheesecoin.member.wallet;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.cheesecoin.chain.cheese.GivenText;
import org.cheesecoin.member.settings.Secret;

/**
 * One passphrase, as it was typed and as files and shells may have handed it on. New words are sealed under the clean form;
 * words that an earlier member sealed with a byte order mark, a blank or what shows nothing around it open under the clean
 * form too, and the other way round, for good.
 *
 * @param all every form, the clean one first; each costs a moment to try
 */
record PassphraseForms(List<Secret> all) {

    private static final List<String> STARTS = List.of("", GivenText.MARK);
    private static final List<String> ENDS = List.of("", " ", "\n", "\r", "\r\n");
    /** What is copied along and shows nothing: a zero-width space, a no-break space, a byte order mark. */
    private static final List<String> UNSEEN = List.of("\u200B", "\u00A0", GivenText.MARK);

    static PassphraseForms of(Secret given) {
        String stripped = given.stripped().text();
        // nothing but blanks is a passphrase too, if a poor one
        String clean = stripped.isEmpty() ? given.text() : stripped;
        Set<Secret> forms = new LinkedHashSet<>();
        forms.add(new Secret(clean));
        forms.add(given);
        for (String start : STARTS) {
            for (String end : ENDS) {
                forms.add(new Secret(start + clean + end));
            }
        }
        for (String unseen : UNSEEN) {
            forms.add(new Secret(clean + unseen));
            forms.add(new Secret(unseen + clean));
        }
        return new PassphraseForms(List.copyOf(forms));
    }

    /** As an owner sees it. */
    Secret clean() {
        return all.getFirst();
    }
}
