package dev.jobradar.server.users;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jobradar.clients.UserId;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class UserRevisionsTest {
  private static final UserId ANN = new UserId(7);

  private final UserRevisions revisions = new UserRevisions();

  @Test
  void a_change_is_seen_at_once() {
    long before = revisions.of(ANN);
    revisions.changed(ANN);
    assertThat(revisions.of(ANN)).isNotEqualTo(before);
  }

  @Test
  void a_change_of_another_user_is_none() {
    long before = revisions.of(ANN);
    revisions.changed(new UserId(8));
    assertThat(revisions.of(ANN)).isEqualTo(before);
  }

  @Test
  void within_a_transaction_it_counts_from_the_end_of_it() {
    long before = revisions.of(ANN);
    TransactionSynchronizationManager.initSynchronization();
    try {
      revisions.changed(ANN);
      assertThat(revisions.of(ANN)).isEqualTo(before);
      TransactionSynchronizationManager.getSynchronizations()
          .forEach(each -> each.afterCompletion(TransactionSynchronization.STATUS_COMMITTED));
      assertThat(revisions.of(ANN)).isNotEqualTo(before);
    } finally {
      TransactionSynchronizationManager.clearSynchronization();
    }
  }
}
