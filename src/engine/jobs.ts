/*
 * The engine's second door: the functions of all jobs, for the threads that run them. Apart from
 * api.ts, so that a program that only starts jobs does not load the mathematics and TensorFlow.js.
 */
export { jobFunctions } from '#engine/pipeline/job-table';
