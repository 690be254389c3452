// What the worker runs: one bundle, every type of workflow by the name of its function.
export { approval } from './approvals/workflow.ts'
export { developmentCase } from './processes/development/workflow.ts'
export { deadlineWatch } from './processes/term-of-office/workflow.ts'
