/** Strokes are counted by the tables that Unicode keeps for it (CLDR, zh-u-co-stroke). */
const strokes = new Intl.Collator('zh-u-co-stroke')

/**
 * People in the order of the strokes of their surnames (按姓氏笔画为序), as they stand on the ballot of a committee: then
 * by the characters that follow. Those without a name come last, in the order in which they were given.
 */
export function bySurnameStrokes<T>(people: readonly T[], nameOf: (one: T) => string): T[] {
  const named = people.map(one => ({ one, name: nameOf(one).trim() }))
  const compare = (a: string, b: string) =>
    a === '' || b === '' ? Number(a === '') - Number(b === '') : strokes.compare(a, b)
  return named.toSorted((a, b) => compare(a.name, b.name)).map(({ one }) => one)
}

/** A name of two characters is spread over three, so that names stand even below each other. */
export const spread = (name: string): string => (/^\p{Script=Han}{2}$/u.test(name) ? [...name].join('　') : name)
