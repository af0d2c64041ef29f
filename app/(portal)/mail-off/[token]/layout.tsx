export { default } from "../../rate/[token]/layout.tsx";
