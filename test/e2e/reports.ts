import { buildReport, systems } from '../diagnosis/report-builder.ts';

/** No suite that the service takes, and so no connection: the next step is to switch the suites on. */
const suitesGone = {
  'suites:Get-TlsCipherSuite': ['TLS_DHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_CBC_SHA'],
};

/** The server of these tests goes by the real clock, and recommends nothing by a report of another day. */
const madeNow = { 'clock.server-date-utc': new Date().toISOString() };

/** A whole report of a Windows 10 without a suite in common with the service. */
export const brokenReport = buildReport(systems['windows-10-22h2'], madeNow, suitesGone);

/** The file as the script leaves it on the desktop. */
export const reportFile = { name: 'handshake-report.txt', bytes: Buffer.from(brokenReport, 'latin1') };

/** The text as a chat takes it, cut into so many messages. */
export function cutIntoMessages(report: string, count: number): readonly string[] {
  const lines = report.trim().split('\r\n');
  const size = Math.ceil(lines.length / count);
  return Array.from({ length: count }, (_, part) => lines.slice(part * size, (part + 1) * size).join('\n'));
}
