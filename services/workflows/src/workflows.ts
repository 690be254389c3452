// What the worker runs: one bundle, every type of workflow by the name of its function.
export { approval } from './approvals/workflow.ts'
export { deadlineWatch } from './deadlines/workflow.ts'
export { developmentCase } from './development/workflow.ts'
