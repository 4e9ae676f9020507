package org.cheesecoin.member.persistence;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface CheeseRows extends Repository<CheeseRow, Long> {

    Optional<CheeseRow> findById(long id);

    Optional<CheeseRow> findBySmell(byte[] smell);

    List<CheeseRow> findByHeightOrderById(int height);

    @Query("select b.cheese from BestCheeseRow b order by b.height desc")
    List<CheeseRow> bestFromTheTop(Limit limit);

    @Query("select b.cheese from BestCheeseRow b where b.height < :height order by b.height desc")
    List<CheeseRow> bestBelow(int height, Limit limit);

    @Query("select b.cheese from BestCheeseRow b where b.height = :height")
    Optional<CheeseRow> bestAt(int height);

    @Query("select b.cheese.id from BestCheeseRow b where b.height in :heights")
    List<Long> bestIdsAt(Collection<Integer> heights);

    // the height stands alone once more, so that the index can be entered there
    @Query("""
            select c from CheeseRow c where c.height <= :height and (c.height < :height or c.id < :id)
            order by c.height desc, c.id desc""")
    List<CheeseRow> below(int height, long id, Limit limit);

    @Query("""
            select c from SideCheeseRow s join CheeseRow c on c.id = s.id
            where s.height <= :height and (s.height < :height or s.id < :id)
            order by s.height desc, s.id desc""")
    List<CheeseRow> sideBelow(int height, long id, Limit limit);
}
