export * from './document-model.ts'
export * from './page-layout.ts'
export * from './render-docx.ts'
export * from './write-blocks.ts'
