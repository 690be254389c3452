export type { Exemption } from './exemption.ts'
