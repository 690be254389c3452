import { paperLimits } from '@linghang/papers'
import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'

export type MaterialState = 'UPLOADING' | 'FILED' | 'REPLACED' | 'ABANDONED'

/** A paper of a case. */
export type Material = {
  id: string
  countyId: string
  orgId: string
  caseId: string
  step: StepKey
  template: DevelopmentTemplate
  confidential: boolean
  fileName: string
  state: MaterialState
  replaces: string | null
  filedOn: string
  createdAt: Date
  uploadedBy: string | null
  mediaType: string | null
  bytes: number | null
  sha256: string | null
  objectKey: string | null
  filedAt: Date | null
}

export const materialLimits = {
  ...paperLimits,
  filesOfStep: 50,
  filesOfCase: 400,
} as const
