/** The build writes them next to the bundle. */
declare module '*.css';
