import type { FindingCode } from '../../domain/diagnosis.ts';
import { cipherOrder } from './cipher-order.ts';
import { cipherPolicy } from './cipher-policy.ts';
import { cipherSuites } from './cipher-suites.ts';
import { clock } from './clock.ts';
import { curves } from './curves.ts';
import { joinState } from './join-state.ts';
import { keyExchange } from './key-exchange.ts';
import { network } from './network.ts';
import { oneDriveVersion } from './onedrive-version.ts';
import { osSupport } from './os-support.ts';
import { proxy } from './proxy.ts';
import type { Rule } from './rule.ts';
import { tlsHandshake } from './tls-handshake.ts';
import { tlsInterception } from './tls-interception.ts';
import { tls12Schannel } from './tls12-schannel.ts';
import { tls12Winhttp } from './tls12-winhttp.ts';
import { tls12Wininet } from './tls12-wininet.ts';

/** One rule a code, so that no finding can be forgotten. */
export const rules: Readonly<Record<FindingCode, Rule>> = {
  'os-support': osSupport,
  network,
  'tls-handshake': tlsHandshake,
  'tls-interception': tlsInterception,
  clock,
  proxy,
  'tls12-schannel': tls12Schannel,
  'tls12-winhttp': tls12Winhttp,
  'tls12-wininet': tls12Wininet,
  'cipher-suites': cipherSuites,
  'cipher-order': cipherOrder,
  'cipher-policy': cipherPolicy,
  curves,
  'key-exchange': keyExchange,
  'join-state': joinState,
  'onedrive-version': oneDriveVersion,
};
