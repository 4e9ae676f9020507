package org.cheesecoin.member.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.cheesecoin.chain.cheese.Address;
import org.cheesecoin.chain.consensus.Network;
import org.cheesecoin.chain.consensus.NetworkParameters;
import org.cheesecoin.web.start.BadSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NetworkFileTest {

    private static final String OWNER = Address.ofKeyHash(new byte[Address.HASH_BYTES]).toString();

    @TempDir private Path temporary;

    @Test
    void knowsThePresets() {
        assertThat(NetworkFile.load("local").parameters()).isEqualTo(NetworkParameters.local());
        assertThat(NetworkFile.load("test").parameters()).isEqualTo(NetworkParameters.test());
    }

    @Test
    void takesSomeParametersOverThoseOfAPreset() throws IOException {
        Network network = load("""
                {"base": "local", "name": "classroom", "spacingMillis": 1000, "firstCompactTarget": "0x1f00ffff",
                 "allocations": [{"address": "%s", "amountCrumbs": 500}]}""".formatted(OWNER));
        assertThat(network.parameters().name()).isEqualTo("classroom");
        assertThat(network.parameters().spacingMillis()).isEqualTo(1_000);
        assertThat(network.parameters().firstCompactTarget()).isEqualTo(0x1f00ffff);
        assertThat(network.parameters().halfLifeMillis()).isEqualTo(NetworkParameters.local().halfLifeMillis());
        assertThat(network.parameters().allocations()).hasSize(1);
        assertThat(network.id()).isNotEqualTo(NetworkFile.load("local").id());
    }

    @Test
    void takesAllParametersWithoutAPreset() throws IOException {
        NetworkParameters parameters = load("""
                {"name": "whole", "blueTimeMillis": 1767225600000, "firstCompactTarget": "0x207fffff",
                 "retargeting": "none", "spacingMillis": 10000, "halfLifeMillis": 300000, "easiestFactor": 1,
                 "onDemandMining": "allowed", "coinbaseMaturity": 10, "firstSubsidyCrumbs": 100000000,
                 "halvingInterval": 1500000, "allocations": []}""").parameters();
        assertThat(parameters).usingRecursiveComparison().ignoringFields("name").isEqualTo(NetworkParameters.test());
    }

    @Test
    void theSampleOfTheDocumentsIsOne() throws IOException {
        String page = Files.readString(Path.of("../docs/networks.md"));
        int start = page.indexOf("```json") + 7;
        assertThat(load(page.substring(start, page.indexOf("```", start))).parameters().name()).isEqualTo("classroom");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"base\":\"local\"} | name is missing",
            "{\"name\":\"a\"} | blueTimeMillis is missing, and no \"base\"",
            "{\"base\":\"main\",\"name\":\"a\"} | base must be 'local' or 'test'",
            "{\"base\":\"local\",\"name\":\"A B\"} | name must be 1 to 32",
            "{\"base\":\"local\",\"name\":\"a\",\"spacing\":1} | 'spacing' is no field; the fields are",
            "{\"base\":\"local\",\"name\":\"a\",\"spacingMillis\":0} | spacingMillis must be from 1 to 86400000",
            "{\"base\":\"local\",\"name\":\"a\",\"spacingMillis\":1.5} | spacingMillis must be a whole number",
            "{\"base\":\"local\",\"name\":\"a\",\"spacingMillis\":\"1\"} | spacingMillis must be a whole number",
            "{\"base\":\"local\",\"name\":\"a\",\"easiestFactor\":-9999999999} | easiestFactor must be from 1",
            "{\"base\":\"local\",\"name\":\"a\",\"retargeting\":\"daily\"} | retargeting must be 'none' or 'stepwise'",
            "{\"base\":\"local\",\"name\":\"a\",\"firstCompactTarget\":\"1e\"} | firstCompactTarget must be 0x",
            "{\"base\":\"local\",\"name\":\"a\",\"firstCompactTarget\":\"0x00000000\"} | firstCompactTarget means",
            "{\"base\":\"local\",\"name\":\"a\",\"allocations\":{}} | allocations must be a list of 0 to 1000",
            "{\"base\":\"local\",\"name\":\"a\",\"allocations\":[{}]} | allocations[0].amountCrumbs must be",
            "{\"base\":\"local\",\"name\":\"a\",\"allocations\":[{\"amountCrumbs\":1}]} | allocations[0].address must be",
            "{\"base\":\"local\",\"name\":\"a\",\"name\":\"b\"} | a file of JSON",
            "{} {} | a file of JSON",
            "[] | the whole must be a JSON object"})
    void refusesWhatItCannotRead(String json, String reason) {
        assertThatThrownBy(() -> load(json))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("cheesecoin.network")
                .hasMessageContaining(reason);
    }

    @Test
    void readsAFileAsAnEditorOnWindowsWritesItAndNamesAnotherEncoding() throws IOException {
        String json = "{\"base\": \"local\",\r\n \"name\": \"classroom\", \"allocations\":"
                + " [{\"address\": \" %s\\n\", \"amountCrumbs\": 5}]}\r\n".formatted(OWNER);
        assertThat(load("\uFEFF" + json).id()).isEqualTo(load(json).id());

        Path wide = Files.writeString(temporary.resolve("wide.json"), json, StandardCharsets.UTF_16);
        assertThatThrownBy(() -> NetworkFile.load(wide.toString()))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("cheesecoin.network is '" + wide + "'")
                .hasMessageContaining("UTF-16");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> NetworkFile.load("loacl"))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("'local', 'test' or the path of a JSON file; there is no such file");
    }

    private Network load(String json) throws IOException {
        return NetworkFile.load(Files.writeString(temporary.resolve("network.json"), json).toString());
    }
}
