const keywords = new Set(
  'and or unless on ignoring group_left group_right by without bool offset inf nan sum min max avg count group stddev stdvar topk bottomk quantile count_values'.split(
    ' ',
  ),
)

/** The metrics that an expression of PromQL asks for; those that our own rules record (with colons) are not among them. */
export function metricNames(expression: string): string[] {
  const bare = expression
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    // Lists of labels.
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
  const names = [...bare.matchAll(/[a-zA-Z_:][\w:]*(\s*\()?/g)]
    .filter(([, isCall]) => isCall === undefined)
    .map(([name]) => name)
    .filter(name => !keywords.has(name.toLowerCase()) && !name.includes(':'))
    // Units of durations stand behind a digit: `offset 5m`.
    .filter(name => !new RegExp(`\\d${name}\\b`).test(bare))
  return [...new Set(names)]
}
