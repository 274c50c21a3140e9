package dev.jobradar.server.web.pages.account;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(Operator.class)
class AccountPagesConfiguration {}
