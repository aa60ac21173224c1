import ipaddr from 'ipaddr.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export type UploadLimits = {
  /** Wrong codes of one address within ten minutes; beyond them it gets no page, right code or not. */
  readonly wrongCodes: number;
  /** Forms of one address within ten minutes. */
  readonly forms: number;
  /** Forms under one code within ten minutes. */
  readonly formsOfCode: number;
};

/** Room for many colleagues behind one address of an office, and none for guessing 25^8 codes. */
export const usualLimits: UploadLimits = { wrongCodes: 60, forms: 120, formsOfCode: 20 };

const seconds = 600;

/** Counts in the memory of each process. */
export type Guard = {
  mayAsk(address: string): Promise<boolean>;
  countWrongCode(address: string): Promise<void>;
  maySend(address: string, code: string): Promise<boolean>;
};

export function createGuard({ wrongCodes, forms, formsOfCode }: UploadLimits): Guard {
  const wrong = new RateLimiterMemory({ points: wrongCodes, duration: seconds });
  const byAddress = new RateLimiterMemory({ points: forms, duration: seconds });
  const byCode = new RateLimiterMemory({ points: formsOfCode, duration: seconds });
  return {
    async mayAsk(address) {
      const counted = await wrong.get(networkOf(address));
      return counted === null || counted.consumedPoints < wrongCodes;
    },
    async countWrongCode(address) {
      await isWithin(wrong, networkOf(address));
    },
    async maySend(address, code) {
      return (await isWithin(byAddress, networkOf(address))) && (await isWithin(byCode, code));
    },
  };
}

/** Whoever has one IPv6 address has 2^64 of them, so these count as one. */
function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === 'ipv4' ? parsed.toString() : parsed.toByteArray().slice(0, 8).join('.');
}

async function isWithin(limiter: RateLimiterMemory, key: string): Promise<boolean> {
  try {
    await limiter.consume(key);
    return true;
  } catch (rejection) {
    if (rejection instanceof RateLimiterRes) return false;
    throw rejection;
  }
}
