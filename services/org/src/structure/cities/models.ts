export type { City } from './city.ts'
