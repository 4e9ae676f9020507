package org.cheesecoin.member.persistence;

import java.util.List;

import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface IndexedTransactionRows extends Repository<IndexedTransactionRow, Long> {

    List<IndexedTransactionRow> findByTxidOrderById(byte[] txid);

    boolean existsByTxid(byte[] txid);

    List<IndexedTransactionRow> findByIdLessThanOrderByIdDesc(long id, Limit limit);
}
