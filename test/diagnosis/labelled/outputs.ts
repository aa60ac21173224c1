import { file, type Labelled, pasted } from './labelled.ts';

const wininet = 'HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const winhttp =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\WinHttp';
const winhttp32 = winhttp.replace('SOFTWARE\\', 'SOFTWARE\\WOW6432Node\\');

/** Output of tools without the script: as files, and short ones in many languages. */
export const outputCases: readonly Labelled[] = [
  file('reports/suites-format-list.txt', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('reports/suites-hard-wrapped.txt', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('reports/suites-ellipsis.txt', 'unknown', 'internet', { 'cipher-suites': 'unknown' }),
  file('reports/suites-chat-bullets.txt', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('reports/suites-json.txt', 'warn', 'cipher-enable', { 'cipher-suites': 'warn' }),
  file('reports/suites-filtered.txt', 'unknown', 'internet', { 'cipher-suites': 'unknown' }),
  file('reports/suites-two-machines.txt', 'unknown', 'internet', { 'cipher-suites': 'unknown' }),
  file('reports/suites-in-an-article.txt', 'unknown', 'internet', { 'cipher-suites': 'unknown' }),
  file('reports/recipe-reg-add.txt', 'unknown', 'internet', { 'tls12-schannel': 'unknown' }),
  file('reports/reg-query-schannel-german.txt', 'unknown', 'internet', { 'tls12-schannel': 'pass' }),
  file('reports/reg-query-winhttp-views.txt', 'fail', null, { 'tls12-winhttp': 'fail' }),
  file('reports/reg-query-other-hives.txt', 'unknown', 'internet', { 'tls12-wininet': 'unknown' }),
  file('reports/regedit-text-german.txt', 'fail', null, { 'tls12-schannel': 'fail' }),
  file('reports/netsh-german-direct.txt', 'unknown', 'internet', { proxy: 'pass' }),
  file('reports/netsh-french-proxy.txt', 'unknown', 'internet', { proxy: 'info' }),
  file('reports/systeminfo-spanish.txt', 'unknown', 'internet', { 'os-support': 'pass' }),
  file('reports/ver-windows-7.txt', 'warn', 'internet', { 'os-support': 'warn' }),
  file('wild/suites-table.txt', 'fail', 'cipher-enable', { 'cipher-suites': 'fail' }),
  file('wild/suites-table-wrapped.txt', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('wild/suites-server-2016.txt', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('wild/suites-clixml.xml', 'warn', 'cipher-enable', { 'cipher-suites': 'warn' }),
  file('wild/suite-names-clixml.xml', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('wild/suites-export-csv-full.txt', 'fail', 'cipher-enable', { 'cipher-suites': 'fail' }),
  file('wild/suites-convertto-json-compressed.txt', 'unknown', 'internet', { 'cipher-suites': 'pass' }),
  file('wild/health-checker.txt', 'fail', 'tls12-restore', {
    'tls12-schannel': 'fail',
    'cipher-suites': 'pass',
  }),
  file('wild/health-checker-old.txt', 'unknown', 'internet', { 'tls12-schannel': 'pass' }),
  file('wild/tls-checker.txt', 'warn', 'tls-deprecation', { 'tls-handshake': 'warn', 'os-support': 'warn' }),
  file('wild/dsregcmd-hybrid-german.txt', 'unknown', 'internet', { 'join-state': 'pass', proxy: 'pass' }),
  file('wild/dsregcmd-registered-french.txt', 'unknown', 'internet', { 'join-state': 'pass' }),
  file('wild/dsregcmd-wiki-table.txt', 'warn', 'work-account', { 'join-state': 'warn' }),
  file('wild/dsregcmd-device-auth.txt', 'fail', 'work-account', { 'join-state': 'fail' }),
  file('wild/reg-query-schannel-off.txt', 'fail', null, { 'tls12-schannel': 'fail' }),
  file('wild/reg-query-schannel-server-off.txt', 'unknown', 'internet', { 'tls12-schannel': 'pass' }),
  file('wild/schannel-off.reg', 'fail', null, { 'tls12-schannel': 'fail' }),
  file('wild/schannel-on.reg', 'unknown', 'internet', { 'tls12-schannel': 'pass' }),
  file('wild/systeminfo-german.txt', 'unknown', 'internet', { 'os-support': 'info' }),
  file('wild/systeminfo-english.txt', 'warn', 'internet', { 'os-support': 'warn' }),
  file('wild/teams-html-dsregcmd.txt', 'warn', 'internet', { 'join-state': 'warn' }),
  file('wild/teams-html-suites.txt', 'fail', 'cipher-enable', { 'cipher-suites': 'fail' }),

  query(
    'in English',
    'ERROR: The system was unable to find the specified registry key or value.',
    '0xa80',
    'pass',
  ),
  query(
    'in French',
    'ERREUR : le système n’a pas trouvé la clé ou la valeur de Registre spécifiée.',
    '0xa0',
    'fail',
  ),
  query('in Japanese', 'エラー: 指定されたレジストリ キーまたは値が見つかりませんでした', '0x800', 'pass'),
  query('in Russian', 'ОШИБКА: Не удается найти указанный раздел или параметр в реестре.', '0x280', 'fail'),
  query('in Chinese', '错误: 系统找不到指定的注册表项或值。', '0x2800', 'pass'),
  query(
    'in Polish',
    'BŁĄD: system nie może znaleźć określonego klucza lub wartości rejestru.',
    '0x0',
    'fail',
  ),

  netsh('in Japanese', '現在の WinHTTP プロキシ設定:', '直接アクセス (プロキシ サーバーなし)。', 'pass'),
  netsh(
    'in Russian',
    'Текущие параметры прокси-сервера WinHTTP:',
    'Прямой доступ (без прокси-сервера).',
    'pass',
  ),
  netsh('in Chinese', '当前的 WinHTTP 代理服务器设置:', '代理服务器:  proxy.fabrikam.example:3128', 'info'),
  netsh(
    'in Spanish',
    'Configuración actual del proxy WinHTTP:',
    'Servidores proxy:  proxy.fabrikam.example:8080',
    'info',
  ),

  pasted('ver in Japanese', ['Microsoft Windows [バージョン 10.0.19045.3803]'], 'unknown', 'internet', {
    'os-support': 'info',
  }),
  pasted('ver in Chinese', ['Microsoft Windows [版本 10.0.22631.3007]'], 'unknown', 'internet', {
    'os-support': 'pass',
  }),
  pasted('ver in Polish', ['Microsoft Windows [Wersja 6.3.9600]'], 'warn', 'internet', {
    'os-support': 'warn',
  }),
  pasted(
    'both halves of WinHTTP, one lacking',
    [
      winhttp,
      '    DefaultSecureProtocols    REG_DWORD    0xa00',
      '',
      winhttp32,
      '    DefaultSecureProtocols    REG_DWORD    0xa0',
    ],
    'fail',
    null,
    { 'tls12-winhttp': 'fail' },
  ),
  pasted(
    'both halves of WinHTTP, both right',
    [
      winhttp,
      '    DefaultSecureProtocols    REG_DWORD    0xa00',
      '',
      winhttp32,
      '    DefaultSecureProtocols    REG_DWORD    0xa00',
    ],
    'unknown',
    'internet',
    { 'tls12-winhttp': 'pass' },
  ),
  pasted('a greeting', ['hello, OneDrive says 0x8004de40, what now?'], 'unknown', 'internet', {
    'cipher-suites': 'unknown',
  }),
];

/** `reg query` of a value that is there, after one that is not, whose message is in the system's language. */
function query(language: string, message: string, value: string, severity: 'pass' | 'fail'): Labelled {
  const lines = [
    `C:\\>reg query "${wininet}" /v X`,
    message,
    '',
    wininet,
    `    SecureProtocols    REG_DWORD    ${value}`,
  ];
  return severity === 'fail'
    ? pasted(`reg query ${language}`, lines, 'fail', 'tls-protocols', { 'tls12-wininet': 'fail' })
    : pasted(`reg query ${language}`, lines, 'unknown', 'internet', { 'tls12-wininet': 'pass' });
}

function netsh(language: string, title: string, body: string, severity: 'pass' | 'info'): Labelled {
  return pasted(`netsh ${language}`, [title, '', `    ${body}`, ''], 'unknown', 'internet', {
    proxy: severity,
  });
}
