import { NewPersonInput, PeopleQuery } from "@/lib/auth/schema";
import { addPerson, peopleFor } from "@/lib/auth/service";
import { route } from "@/lib/door";

export const GET = route(PeopleQuery, peopleFor);
export const POST = route(NewPersonInput, addPerson, 201);
