package dev.jobradar.server.leads;

import dev.jobradar.clients.UserId;
import java.util.List;

/** Takes orders to send leads to people. */
public interface DeliveryOrders {
  /**
   * Orders the delivery of a new lead to wherever its task and its user want it, as a part of the
   * transaction under way.
   */
  void order(UserId user, LeadId lead);

  /**
   * Calls back what was not tried yet of a lead whose post does not match any more, as a part of
   * the transaction under way. {@link #order} takes that back.
   */
  void withdraw(UserId user, LeadId lead);

  /**
   * Keeps back what was not sent of leads that their owner deleted, as a part of the transaction
   * under way.
   */
  void keepBack(UserId user, List<LeadId> leads);

  /** Takes {@link #keepBack} back, as a part of the transaction under way. */
  void release(UserId user, List<LeadId> leads);

  /** Says that a transaction with orders of this user is committed. */
  void ordered(UserId user);
}
