export type { PartyGroup } from './group.ts'
