import { platformTexts } from './all-texts.ts'
import type { LibraryName, Section } from './library-text.ts'

/** A version of a text: the platform's, which is 0, or one of the county's. */
export type LibraryVersion = {
  name: LibraryName
  version: number
  /** Null for the platform's. */
  effectiveFrom: string | null
  title: string
  sections: readonly Section[]
  /** The regulation, or what the county's decision rests on. */
  basis: string
}

export const platformVersion = (name: LibraryName): LibraryVersion => {
  const { title, sections, article, source } = platformTexts[name]
  return { name, version: 0, effectiveFrom: null, title, sections, basis: `${source}${article}` }
}

/** What holds on a day: the county's newest that has begun by then, else the platform's. Pure. */
export const inForce = (name: LibraryName, own: readonly LibraryVersion[], on: string): LibraryVersion =>
  own
    .filter(one => one.name === name && one.effectiveFrom !== null && one.effectiveFrom <= on)
    .toSorted((one, other) => ((one.effectiveFrom ?? '') < (other.effectiveFrom ?? '') ? -1 : 1))
    .at(-1) ?? platformVersion(name)

export const libraryLimits = {
  ...{ titleCharacters: 60, sections: 20, headingCharacters: 60 },
  ...{ paragraphs: 30, paragraphCharacters: 1_000, versions: 100 },
}
