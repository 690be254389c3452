export type { OrganisationChange } from './change.ts'
