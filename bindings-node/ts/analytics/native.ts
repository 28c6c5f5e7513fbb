import native from '#native';

/** What analytics calls. */
export const { analyze, compute } = native;
