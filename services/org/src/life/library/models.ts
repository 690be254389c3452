export type { Section as LibrarySection } from './library-text.ts'
export type { LibraryEntry } from './read-library.ts'
export type { LibraryVersion } from './version.ts'
