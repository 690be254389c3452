export type { ToldHold as DuesHold } from './hold.ts'
