// What the worker runs: one bundle, every type of workflow by the name of its function.
export { billDues } from './processes/dues-bills/bill-dues.ts'
export { reconcileDues } from './processes/dues-reconciliation/reconcile-dues.ts'
export { followDuesStatements } from './processes/dues-statements/follow-statements.ts'
export { reportMonth } from './processes/monthly-reports/report-month.ts'
export { keepWatch } from './time/watch/keep-watch.ts'
