package dev.jobradar.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/**
 * Has another encoder write, text or JSON, and then masks phone numbers in message and stack trace.
 * A trace that was just written is left out.
 */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
  private final Encoder<ILoggingEvent> inner;
  private final RepeatedTraces traces = new RepeatedTraces();

  MaskingEncoder(Encoder<ILoggingEvent> inner) {
    this.inner = inner;
    setContext(inner.getContext());
    started = true;
  }

  @Override
  public byte[] headerBytes() {
    return inner.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return PhoneMask.mask(inner.encode(traces.fold(event)));
  }

  @Override
  public byte[] footerBytes() {
    return inner.footerBytes();
  }

  @Override
  public void stop() {
    inner.stop();
    super.stop();
  }
}
