package org.cheesecoin.member.persistence;

import java.util.List;

import org.springframework.data.domain.Limit;
import org.springframework.data.repository.Repository;

interface PendingPaymentRows extends Repository<PendingPaymentRow, Long> {

    List<PendingPaymentRow> findByTxidOrderById(byte[] txid);

    List<PendingPaymentRow> findByIdGreaterThanOrderById(long id, Limit limit);

    long count();
}
