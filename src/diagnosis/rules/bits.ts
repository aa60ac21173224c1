/** Bits of DefaultSecureProtocols and SecureProtocols. 1.0 and 1.1 no longer matter to the service. */
export const tls12Bit = 0x800;
export const tls13Bit = 0x2000;

export function hasBit(value: number, bit: number): boolean {
  return (value & bit) !== 0;
}
