package dev.jobradar.sandbox.world;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Deliveries waiting to be made: added under the world's lock, made outside it, in the same order,
 * by whichever thread comes first. It has no thread of its own.
 */
final class DeliveryQueue {

  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock delivering = new ReentrantLock();

  void add(Runnable delivery) {
    waiting.add(delivery);
  }

  /** Makes what waits, unless another thread is at it: that one sees what was added here. */
  void drain() {
    while (!waiting.isEmpty()) {
      if (delivering.isHeldByCurrentThread() || !delivering.tryLock()) {
        return;
      }
      try {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
          next.run();
        }
      } finally {
        delivering.unlock();
      }
    }
  }
}
