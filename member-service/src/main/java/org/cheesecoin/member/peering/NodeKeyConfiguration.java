package org.cheesecoin.member.peering;

import org.cheesecoin.chain.crypto.SignatureScheme;
import org.cheesecoin.chain.crypto.SignatureSchemes;
import org.cheesecoin.member.settings.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The signature scheme of this process, and who this member is. */
@Configuration(proxyBeanMethods = false)
public class NodeKeyConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(NodeKeyConfiguration.class);

    @Bean
    SignatureScheme signatureScheme() {
        SignatureSchemes.Choice choice = SignatureSchemes.fastest();
        LOG.info("Signatures: {} ({})", choice.scheme().name(), choice.reason());
        return choice.scheme();
    }

    @Bean
    NodeKey nodeKey(DataFolder folder, SignatureScheme scheme) {
        NodeKey key = NodeKey.of(folder, scheme);
        LOG.info("Node id: {}", key.id());
        return key;
    }
}
