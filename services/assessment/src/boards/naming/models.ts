export type { NamingRequest } from './naming.ts'
