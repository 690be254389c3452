import type { ComparedCounty as Compared } from './comparison.ts'

export type { ComparedMeasure, ComparedValue, CountyComparison } from './comparison.ts'
export type { CountyScores, IndexScores as CountyIndex } from './county-sum.ts'
export type ComparedCounty = Compared
export type CountyScaleScores = import('./county-sum.ts').ScaleScores
