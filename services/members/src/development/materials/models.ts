export type { Material } from './material.ts'
