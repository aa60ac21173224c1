import type { Fact } from '../../domain/diagnosis.ts';
import { parseDword } from '../facts.ts';
import { curveName } from './curves.ts';

/** The form of a key's value in docs/report-format.md. */
type Form = 'dword' | 'integer' | 'truth' | 'text' | 'suites' | 'curves';

const renamed: Readonly<Record<string, string>> = {
  'report.time-utc': 'report.time',
  'winhttp.native.default-secure-protocols': 'winhttp.native',
  'winhttp.wow64.default-secure-protocols': 'winhttp.wow64',
  'wininet.user.secure-protocols': 'wininet.protocols',
  'wininet.user-policy.secure-protocols': 'wininet.policy.user',
  'wininet.machine-policy.secure-protocols': 'wininet.policy.machine',
  'suites.policy.functions': 'cipher.policy',
  'suites.local.functions': 'cipher.local',
  'suites.cmdlet': 'cipher.cmdlet',
  'curves.policy.curves': 'curves.policy',
  'curves.cmdlet': 'curves.cmdlet',
};

const forms: readonly (readonly [RegExp, Form])[] = [
  [/^report\.(?:format|script|script-sha256|case|time)$/, 'text'],
  [/^run\.(?:account|device)$/, 'text'],
  [/^run\.elevated$/, 'truth'],
  [/^run\.(?:shell|os)-bits$/, 'integer'],
  [/^run\.language-mode$/, 'text'],
  [/^os\.(?:product|display-version|nt|type)$/, 'text'],
  [/^os\.(?:build|revision)$/, 'integer'],
  [/^schannel\.[a-z0-9.]{1,30}(?:enabled|disabled-by-default)$/, 'dword'],
  [/^winhttp\.(?:native|wow64)$/, 'dword'],
  [/^wininet\.(?:protocols|policy\.(?:user|machine))$/, 'dword'],
  [/^cipher\.(?:policy|local)$/, 'suites'],
  [/^curves\.policy$/, 'curves'],
  [/^(?:cipher|curves)\.cmdlet$/, 'text'],
  [/^dotnet\.v[24]\.(?:native|wow64)\.(?:strong-crypto|system-default)$/, 'dword'],
  [/^updates\.kb\d{6,7}$/, 'text'],
  [/^proxy\.user\.enabled$/, 'dword'],
  [/^proxy\.(?:winhttp\.mode|user\.(?:server|auto-config-url))$/, 'text'],
  [/^clock\.server-date-utc$/, 'text'],
  [/^clock\.offset-seconds$/, 'integer'],
  [/^onedrive\.(?:version|program)$/, 'text'],
  [/^probe\.[a-z0-9.-]{1,100}\.(?:dns|via|tcp443|tls12|issuer)$/, 'text'],
];

/** The fact behind `key = value` of a section; null for unknown keys and for what could not be read. */
export function reportFact(section: string, key: string, value: string, line: number): Fact | null {
  const path = `${section}.${key}`.toLowerCase();
  const name = renamed[path] ?? path;
  const form = forms.find(([pattern]) => pattern.test(name))?.[1];
  if (form === undefined || value === '' || /^unreadable\b/i.test(value)) return null;
  // Without the value, Windows has never been given a proxy for its services.
  if (name === 'proxy.winhttp.mode' && /^absent$/i.test(value)) return { name, value: 'direct', line };
  if (/^(?:absent|unavailable)$/i.test(value)) return { name, value: value.toLowerCase(), line };
  const read = readValue(form, value);
  return read === null || (Array.isArray(read) && read.length === 0) ? null : { name, value: read, line };
}

function readValue(form: Form, value: string): Fact['value'] | null {
  switch (form) {
    case 'dword':
      return parseDword(value);
    case 'integer':
      return /^[+-]?\d{1,10}$/.test(value) ? Number(value) : null;
    case 'truth':
      return /^yes$/i.test(value) ? true : /^no$/i.test(value) ? false : null;
    case 'text':
      return value;
    case 'suites':
      return splitNames(value).map((name) => name.toUpperCase());
    case 'curves':
      return splitNames(value).map((name) => curveName(name) ?? name);
  }
}

function splitNames(value: string): readonly string[] {
  return value
    .replaceAll('\\0', ',')
    .split(/[, ]/)
    .filter((name) => name !== '');
}
