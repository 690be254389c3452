export type { RosterImport } from './roster-import.ts'
/** Whatever the service's own resolvers take for it. */
export type RosterSubject = object
