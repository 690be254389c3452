import { type LibraryName, type LibraryText, libraryNames } from './library-text.ts'
import { flows } from './texts/flows.ts'
import { systems } from './texts/systems.ts'

/** The platform's own words, by name. */
export const platformTexts: Readonly<Record<LibraryName, LibraryText>> = { ...systems, ...flows }

export const isFlow = (name: LibraryName): boolean => Object.hasOwn(flows, name)

/** @returns the name in the library; undefined for one that is not there */
export const libraryNameOf = (name: string): LibraryName | undefined => libraryNames.find(one => one === name)
