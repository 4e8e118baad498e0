/** The build puts them beside the bundle. */
declare module '*.css';
