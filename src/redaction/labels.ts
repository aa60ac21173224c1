/** What stands behind a label. */
export type LabelKind = 'host' | 'user' | 'domain' | 'id' | 'tenant' | 'proxy' | 'pac';

/** Labels of tools, of the registry and of environments; those of `systeminfo` in the languages of Windows. */
const labels: Readonly<Record<LabelKind, string>> = {
  host: `device name|devicename|host name|hostname|computer name|computername|pscomputername|csname|dnshostname|
    logonserver|nombre de host|nom de l'hôte|nome host|nome do host|hostnaam|nazwa hosta|имя узла|värdnamn|
    vertsnavn|værtsnavn|isäntänimi|název hostitele|ana bilgisayar adı|ホスト名|主机名|主機名稱|호스트 이름|
    rechnername|nom de l'ordinateur|nombre del equipo|nome computer|имя компьютера|计算机名`,
  user: `user name|username|defaultusername|lastusedusername|loggedonuser|loggedonsamuser|useraccount|account name|
    executing account name|benutzername|nom d'utilisateur|nombre de usuario|nome utente|имя пользователя|
    registered owner|registeredowner|registrierter benutzer|registrierter besitzer|propriétaire enregistré|
    propietario registrado|proprietario registrato|proprietário registrado|geregistreerde eigenaar|
    zarejestrowany właściciel|зарегистрированный владелец|登録されている所有者|注册的所有人|등록된 소유자`,
  domain: `domain name|domainname|dns domain|domain|defaultdomainname|userdomain|userdomain_roamingprofile|
    userdnsdomain|tenant name|tenantname|tenantdisplayname|workplacetenantname|idp domain|idpdomain|
    primary dns suffix|nv domain|connection-specific dns suffix|dns suffix search list|registered organization|
    registeredorganization|registrierte organisation|organisation enregistrée|organización registrada|
    organizzazione registrata|domäne|domaine|dominio|domínio|domein|domena|домен|ドメイン|域|도메인`,
  id: `device id|deviceid|workplacedeviceid|keycontainerid|thumbprint|workplacethumbprint|serial number|
    serialnumber|seriennummer|machineguid`,
  tenant: 'tenant id|tenantid|workplacetenantid',
  proxy: `user.server|proxy.user.server|proxy.winhttp.server|proxyserver|proxyoverride|proxy server|
    proxy server list|proxy server(s)|serveur(s) proxy|servidor(es) proxy|server proxy|proxybypass|
    proxy bypass list|bypass list|umgehungsliste|liste de contournement|lista de omisión|http_proxy|https_proxy`,
  pac: `user.auto-config-url|proxy.user.auto-config-url|autoconfigurl|auto-configuration url|
    auto-config url|auto config url|pac url`,
};

const kinds: ReadonlyMap<string, LabelKind> = new Map(
  Object.entries(labels).flatMap(([kind, names]) =>
    names.split('|').map((name) => [name.trim(), kind as LabelKind] as const),
  ),
);

const mostWords = 4;

/** The kind of the label that the text before a separator ends in; null when it is none of a name. */
export function labelKind(before: string): LabelKind | null {
  const words = before
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/["*`<>]/g, ' ')
    .trim()
    .split(/\s+/);
  for (let count = Math.min(mostWords, words.length); count > 0; count -= 1) {
    const kind = kinds.get(words.slice(-count).join(' '));
    if (kind !== undefined) return kind;
  }
  return null;
}
