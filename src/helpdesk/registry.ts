import type { HelpdeskConnector } from './connector.ts';
import type { ConnectorKind, ConnectorTools, SettingProblem } from './connector-kind.ts';
import { email } from './connectors/email.ts';
import { jira } from './connectors/jira.ts';
import { requestTracker } from './connectors/request-tracker.ts';
import { serviceNow } from './connectors/servicenow.ts';
import { webhook } from './connectors/webhook.ts';

/** Every connector there is; a new one is its file in connectors/ and a line here. */
export const connectorKinds: readonly ConnectorKind[] = [webhook, email, serviceNow, jira, requestTracker];

export type ChosenConnectors =
  | { readonly kind: 'chosen'; readonly connectors: readonly HelpdeskConnector[] }
  | { readonly kind: 'wrong'; readonly problems: readonly SettingProblem[] };

/**
 * The connectors whose settings are given, several at once or none; or everything that is wrong with them.
 * `given` holds what begins with HELPDESK_ and is no setting of the channel.
 */
export function chooseConnectors(
  given: Readonly<Record<string, string>>,
  tools: ConnectorTools,
  kinds: readonly ConnectorKind[] = connectorKinds,
): ChosenConnectors {
  const made = kinds.map((kind) => kind.make(given, tools));
  const strays = Object.keys(given).filter((name) => !kinds.some(({ prefix }) => name.startsWith(prefix)));
  const problems = [
    ...made.flatMap((one) => (one.kind === 'wrong' ? one.problems : [])),
    ...strays.map((setting) => ({ setting, problem: 'no setting has this name; look for a misspelling.' })),
  ];
  if (problems.length > 0) return { kind: 'wrong', problems };
  return {
    kind: 'chosen',
    connectors: made.flatMap((one) => (one.kind === 'made' ? [one.connector] : [])),
  };
}
