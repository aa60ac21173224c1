/** One way of doing a thing, and how much of it got done; the unit is the table's. */
export type Measured = { readonly name: string; readonly figure: number };

/**
 * A table of what was measured, one line each, with its ratio to the first. Read the ratios: the figures
 * themselves belong to the machine.
 */
export function ratioTable(title: string, unit: string, measured: readonly Measured[]): string {
  const width = Math.max(...measured.map(({ name }) => name.length));
  const [first] = measured;
  const lines = measured.map(({ name, figure }) => {
    const ratio = (figure / (first?.figure ?? figure)).toFixed(2);
    return `  ${name.padEnd(width)}  ${round(figure).padStart(10)} ${unit}  ${ratio.padStart(7)}`;
  });
  return [title, ...lines, ''].join('\n');
}

function round(figure: number): string {
  return figure < 100 ? figure.toPrecision(3) : figure.toFixed(0);
}
