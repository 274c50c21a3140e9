package dev.jobradar.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;

/** Masks phone numbers in what another encoder wrote, text or JSON, message and stack trace. */
final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
  private final Encoder<ILoggingEvent> inner;

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
    return PhoneMask.mask(inner.encode(event));
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
