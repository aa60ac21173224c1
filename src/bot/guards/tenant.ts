import type { Activity } from 'botbuilder';
import { z } from 'zod';

const teamsTenant = z.object({ tenant: z.object({ id: z.string() }) });

/** Somebody of a tenant that may not use the bot. */
export class TenantRefused extends Error {
  override readonly name = 'TenantRefused';
  readonly code = 'tenant-not-allowed';
}

/**
 * Every tenant that the activity names must be allowed, and it must name one. A SingleTenant registration
 * restricts only where the bot's own token comes from, not who may write to it.
 */
export function requireAllowedTenant(activity: Partial<Activity>, allowedTenants: readonly string[]): void {
  const channelData = teamsTenant.safeParse(activity.channelData);
  const inData = channelData.success ? channelData.data.tenant.id : undefined;
  const named = [activity.conversation?.tenantId, inData].filter((tenant) => typeof tenant === 'string');
  const allowed = named.every((tenant) => allowedTenants.includes(tenant.toLowerCase()));
  if (named.length === 0 || !allowed) {
    throw new TenantRefused(`Expected a tenant of ALLOWED_TENANTS, got ${named.join(', ') || 'none'}.`);
  }
}
