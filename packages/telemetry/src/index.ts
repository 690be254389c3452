export { metrics, trace } from '@opentelemetry/api'
export * from './log.ts'
export * from './start.ts'
