/** One workflow for each thing that is watched, by its kind and its id, until it has ended; a new one when it begins again. */
export const workflowIdOf = (kind: string, id: string): string => `${kind.toLowerCase().replaceAll('_', '-')}/${id}`
