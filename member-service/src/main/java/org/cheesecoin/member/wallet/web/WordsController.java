package org.cheesecoin.member.wallet.web;

import java.util.List;
import java.util.Optional;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.cheese.Outcome;
import org.cheesecoin.chain.cheese.Violation;
import org.cheesecoin.chain.wallet.Mnemonic;
import org.cheesecoin.member.wallet.WalletService;
import org.cheesecoin.member.web.OwnerOnly;
import org.cheesecoin.web.Problem;
import org.cheesecoin.web.ProblemDocument;
import org.cheesecoin.web.Problems;
import org.cheesecoin.web.Refusal;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The words that restore the wallet, and the passphrase that they are sealed under. */
@OwnerOnly
@RestController
@RequestMapping("/wallet")
@Tag(name = "Wallet")
class WordsController {

    private static final String HOW_TO_GO_ON = "The words were acknowledged, so they are shown no more: they are where "
            + "you wrote them down. The file wallet.key with its passphrase is a backup too. If the words are lost, "
            + "start a member on a new data folder, write its words down, and send all there.";

    private final WalletService wallet;

    WordsController(WalletService wallet) {
        this.wallet = wallet;
    }

    @Operation(operationId = "showWords", summary = "Show the recovery words",
            description = "They restore the whole wallet, anywhere. They are "
                    + "shown until they are acknowledged, and then no more. The answer is marked to be stored by nobody.")
    @ApiResponse(responseCode = "200", description = "The words")
    @Problems({Problem.CONFLICT, Problem.NOT_READY})
    @PostMapping("/words")
    ResponseEntity<WordsView> words() {
        return switch (Answers.of(wallet.showWords())) {
            case Outcome.Refused<List<String>>(Violation violation) ->
                    throw Answers.conflict(HOW_TO_GO_ON, violation);
            case Outcome.Passed<List<String>>(List<String> words) -> ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .body(new WordsView(words));
        };
    }

    @Operation(operationId = "acknowledgeWords", summary = "Acknowledge the recovery words",
            description = "Give three or more of them back, each with "
                    + "its position, from what you wrote down. A refusal does not say which is wrong.")
    @ApiResponse(responseCode = "200", description = "They are shown no more")
    @Problems({Problem.INVALID_VALUE, Problem.RULE_BROKEN, Problem.NOT_READY})
    @PostMapping(path = "/words/acknowledge", consumes = MediaType.APPLICATION_JSON_VALUE)
    AcknowledgedView acknowledge(@RequestBody GivenBackBody body) {
        return switch (Answers.of(wallet.acknowledgeWords(body.byPosition()))) {
            case Outcome.Refused<Long>(Violation violation) -> throw new Refusal(violation);
            case Outcome.Passed<Long>(Long millis) -> new AcknowledgedView(millis);
        };
    }

    @Operation(operationId = "restoreWallet", summary = "Restore a wallet from its words",
            description = "Into a wallet that has neither coins nor a "
                    + "history and has told nobody an address. The stack is read for it, with a gap of 1,000 addresses; "
                    + "GET /wallet says how far that is.")
    @ApiResponse(responseCode = "200", description = "The wallet is that of the words; its balance grows")
    @Problems({Problem.INVALID_VALUE, Problem.CONFLICT, Problem.NOT_READY})
    @PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
    RestoredView restore(@RequestBody RestoreBody body) {
        Mnemonic words = switch (Mnemonic.parse(body.words())) {
            case Outcome.Refused<Mnemonic>(Violation violation) ->
                    throw new Refusal(ProblemDocument.of(Problem.INVALID_VALUE, violation));
            case Outcome.Passed<Mnemonic>(Mnemonic parsed) -> parsed;
        };
        return switch (Answers.of(wallet.restore(words))) {
            case Outcome.Refused<Address>(Violation violation) -> throw Answers.conflict("This wallet has coins, a "
                    + "history or an address that somebody was told, which would be lost. Start a member on a new "
                    + "data folder with cheesecoin.wallet.words-file, or restore there.", violation);
            case Outcome.Passed<Address>(Address first) -> new RestoredView(first.toString());
        };
    }

    @Operation(operationId = "changePassphrase", summary = "Change the passphrase",
            description = "Seals the words under another (Argon2id, AES-256-GCM). "
                    + "The present one opens them until the answer, the new one from then on; where the passphrase is a "
                    + "setting of the owner's, the answer says which one to change.")
    @ApiResponse(responseCode = "200", description = "The words are sealed under the new passphrase")
    @Problems({Problem.INVALID_VALUE, Problem.RULE_BROKEN})
    @PutMapping(path = "/passphrase", consumes = MediaType.APPLICATION_JSON_VALUE)
    PassphraseView changePassphrase(@RequestBody PassphraseBody body) {
        return switch (wallet.changePassphrase(body.current(), body.another())) {
            case Outcome.Refused<Optional<String>>(Violation violation) -> throw new Refusal(violation);
            case Outcome.Passed<Optional<String>>(var ownersPart) -> new PassphraseView(ownersPart);
        };
    }
}
