export type { RealAccount as RealDuesAccount, VirtualAccount as DuesAccount } from './account.ts'
