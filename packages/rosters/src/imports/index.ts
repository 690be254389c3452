export { keepFindings } from './keep-findings.ts'
export { importRoom } from './room.ts'
export { startImportWorker } from './worker.ts'
