import type { Inline } from './document-model.ts'

/** 2026年11月22日, in Arabic numerals and without leading zeros (GB/T 9704). */
export const writtenDate = (day: string): string => {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

const blankDateText = '　　　　年　　月　　日'

/** What a template takes from the facts under a name; null for what they do not know. Days are `YYYY-MM-DD`. */
export type Readers<Facts, Name extends string> = Readonly<Record<Name, (facts: Facts) => string | null>>

/** How a template asks: what is unknown becomes room to write in. Every question is remembered, and what had no answer. */
export type Asked<Value extends string, Day extends string> = {
  /** @param width of the blank, in Chinese characters */
  text: (name: Value, width?: number) => Inline
  date: (name: Day) => Inline
  /** For a cell of a form, where an empty cell is room enough. */
  cell: (name: Value) => Inline | null
  dateCell: (name: Day) => Inline | null
  /** The last of what was found under a name of its own, such as a meeting; null where nothing was. */
  latest: <T>(name: string, found: readonly T[]) => T | null
  asked: ReadonlySet<string>
  unknown: ReadonlySet<string>
}

/** Facts to ask, by the readers of their values and of their days. */
export function askFacts<Facts, Value extends string, Day extends string>(
  facts: Facts,
  values: Readers<Facts, Value>,
  days: Readers<Facts, Day>,
): Asked<Value, Day> {
  const asked = new Set<string>()
  const unknown = new Set<string>()
  const remember = <T>(name: string, found: T | null): T | null => {
    asked.add(name)
    if (found === null) unknown.add(name)
    return found
  }
  const known = (name: Value) => remember(name, values[name](facts)?.trim() || null)
  const knownDay = (name: Day) => {
    const day = remember(name, days[name](facts))
    return day && writtenDate(day)
  }
  return {
    ...{ asked, unknown },
    text: (name, width = 8) => known(name) ?? { blank: width },
    date: name => knownDay(name) ?? blankDateText,
    cell: known,
    dateCell: knownDay,
    latest: (name, found) => remember(name, found.at(-1) ?? null),
  }
}
