export type { Order as DuesOrder } from './order.ts'
export type { PayPage as DuesPayPage } from './payment-provider.ts'
